"""Operations on streams of translation units."""
