"""What several tests share: small policies, random ones, second opinions, ways to run a command."""
