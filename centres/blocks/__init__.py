"""The blocks of centres and programmes, by family: hours, activities, narrative."""
