"""People for life: one row a person, their organisations, their dated relations and roles."""
