"""What a question says: places, acts, dates, parts, what it leans on."""
