"""Local accounts: who may use the chat when others than this machine can reach it."""
