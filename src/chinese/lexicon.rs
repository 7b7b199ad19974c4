//! The words of the language, with their frequencies.
