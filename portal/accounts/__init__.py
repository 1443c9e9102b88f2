"""How people sign in; an account belongs to a person, and a person need not have one."""
