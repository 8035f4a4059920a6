"""The content model of the mission: programme, centre, activities, places, acts."""
