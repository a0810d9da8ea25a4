"""The Chainlit application and its assets."""
