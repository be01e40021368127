"""From a calendar and the hours of a desk, to deadlines and the minutes they count."""
