"""The everyday index as its authors see it: faults with their cure, and questions that found nothing."""
