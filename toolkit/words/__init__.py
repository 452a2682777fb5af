"""Pure vocabulary: cells, amounts, days, Swedish. Imports nothing of ours."""
