//! Tables: TSV with a header line, read where they lie.

/// The rows of a table of `N` columns. A row that has more or fewer is a fault of the table and stops the
/// rule, as all others: none is passed over in silence.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| {
        let mut cells = line.split('\t');
        let row =
            std::array::from_fn(|_| cells.next().unwrap_or_else(|| panic!("{N} columns are wanted: {line}")));
        assert!(cells.next().is_none(), "{N} columns are wanted: {line}");
        row
    })
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_row_is_whole_or_a_fault() {
        assert!(rows("wrong\tright\n甲\t乙\n丙\t").eq([["甲", "乙"], ["丙", ""]]));
        assert!(std::panic::catch_unwind(|| rows::<2>("wrong\tright\n甲\n").count()).is_err());
    }

    #[test]
    fn every_table_is_sorted_and_has_the_columns_of_its_header() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "tsv")) {
            let table = std::fs::read_to_string(&file).unwrap();
            let columns = |line: &str| line.split('\t').count();
            let header = columns(table.lines().next().unwrap());
            for line in table.lines() {
                assert_eq!(columns(line), header, "{}: {line}", file.display());
            }
            assert!(table.lines().skip(1).is_sorted(), "{}", file.display());
        }
    }
}
