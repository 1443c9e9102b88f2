"""What people fill in about themselves, and the answers to them."""

from portal.journey.forms.corrections import AnswerForm, CorrectionForm
from portal.journey.forms.memories import MemoryForm, memory_form

__all__ = ["AnswerForm", "CorrectionForm", "MemoryForm", "memory_form"]
