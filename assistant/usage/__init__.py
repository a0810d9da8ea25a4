"""May I use this tool for this task with this data: the catalogue, the decision table, the verdict."""
