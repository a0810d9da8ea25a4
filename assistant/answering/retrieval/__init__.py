"""From a request to ranked evidence."""
