"""What several dated results of a person tell together: events, phases gone through, and what still lacks a date."""
