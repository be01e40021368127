"""What is written where a value or a condition stands, read into typed terms and conditions."""
