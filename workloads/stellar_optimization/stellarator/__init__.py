"""Shapes a stellarator's plasma boundary with VMEC++ and an evolution strategy."""
