//! The files of the model: the sections of each, writing and reading.

use std::path::Path;
use zhubi::typo::Detector;
use zhubi::typo::model::file::{HEADER, MAGIC, SECTIONS, Section};
use zhubi::typo::model::fuse::mix;

use Section::{Bigrams, Count, Fivegrams, Fourgrams, Levels, Symbols, Trigrams, Unigrams};

/// The files, relative to the repository or another folder. The first is small and changes with every
/// training; the others hold the n-grams and change only with the corpus.
pub const FILES: [&str; 3] = ["model/typo.model", "model/lower/ngrams.model", "model/higher/ngrams.model"];

/// The file of a section; the fingerprint is in all of them.
fn place(section: Section) -> usize {
    match section {
        Unigrams | Levels | Bigrams | Trigrams => 1,
        Fourgrams | Fivegrams => 2,
        _ => 0,
    }
}

/// A fingerprint of the symbols and n-grams.
pub fn fingerprint<'a>(section: impl Fn(Section) -> &'a [u8]) -> u64 {
    let counted = [Symbols, Unigrams, Levels, Bigrams, Trigrams, Fourgrams, Fivegrams];
    counted.into_iter().map(section).fold(0, |print, bytes| {
        bytes.chunks(8).fold(mix(bytes.len() as u64, print), |print, chunk| {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            mix(u64::from_le_bytes(eight), print)
        })
    })
}

/// A file with those of the numbered sections that belong in it.
pub fn file(sections: &[Vec<u8>; SECTIONS], within: impl Fn(Section) -> bool) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    file.resize(HEADER, 0);
    for section in Section::ALL.into_iter().filter(|s| within(*s)) {
        let (at, bytes) = (MAGIC.len() + section as usize * 8, &sections[section as usize]);
        let offset = file.len() as u32;
        file[at..at + 4].copy_from_slice(&offset.to_le_bytes());
        file[at + 4..at + 8].copy_from_slice(&(bytes.len() as u32).to_le_bytes());
        file.extend(bytes);
    }
    file
}

/// Writes the files into the folder.
pub fn write(sections: &[Vec<u8>; SECTIONS], folder: &Path) {
    for (nth, name) in FILES.into_iter().enumerate() {
        let path = folder.join(name);
        let bytes = file(sections, |s| s == Count || place(s) == nth);
        let within = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(within).unwrap_or_else(|e| panic!("{}: {e}", within.display()));
        std::fs::write(&path, &bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        eprintln!("{}: {} bytes", path.display(), bytes.len());
    }
}

/// The files of a model: those below a folder, or a single one.
pub fn read(model: &Path) -> Result<Vec<Vec<u8>>, String> {
    let one = |path: &Path| std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()));
    if model.is_dir() {
        FILES.iter().map(|name| one(&model.join(name))).collect()
    } else {
        Ok(vec![one(model)?])
    }
}

/// The detector of the model in a folder or a file. Exits if it cannot be read.
pub fn detector(model: &Path) -> Detector<'static> {
    let detector = read(model).and_then(|files| {
        let files: Vec<&'static [u8]> = files.into_iter().map(|f| &*f.leak()).collect();
        Detector::of_files(&files).map_err(|e| format!("{}: {e}", model.display()))
    });
    detector.unwrap_or_else(|e| {
        eprintln!("{e}\nMODEL is one file with all sections, or a folder with {}", FILES.join(", "));
        std::process::exit(2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use zhubi::typo::model::file::ModelFile;

    fn sections() -> [Vec<u8>; SECTIONS] {
        let mut sections: [Vec<u8>; SECTIONS] = std::array::from_fn(|n| vec![n as u8; n + 1]);
        sections[Count as usize] = b"a count".to_vec();
        sections
    }

    fn same(model: &ModelFile<'_>, sections: &[Vec<u8>; SECTIONS]) -> bool {
        Section::ALL.into_iter().all(|s| model.section(s) == sections[s as usize])
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut sections = sections();
        write(&sections, folder.path());
        let before = read(folder.path()).unwrap();
        let files: Vec<&[u8]> = before.iter().map(Vec::as_slice).collect();
        assert!(same(&ModelFile::new(&files).unwrap(), &sections));

        let single = folder.path().join("all.model");
        std::fs::write(&single, file(&sections, |_| true)).unwrap();
        let all = read(&single).unwrap();
        assert_eq!(all.len(), 1);
        assert!(same(&ModelFile::new(&[&all[0]]).unwrap(), &sections));

        // Training again leaves the files of the n-grams as they are.
        sections[Section::Forests as usize].push(1);
        write(&sections, folder.path());
        let after = read(folder.path()).unwrap();
        assert_ne!(before[0], after[0]);
        assert_eq!(before[1..], after[1..]);
    }

    #[test]
    fn the_fingerprint_covers_symbols_and_ngrams() {
        let of = |sections: &[Vec<u8>; SECTIONS]| fingerprint(|s| &sections[s as usize]);
        let before = of(&sections());
        for section in Section::ALL {
            let mut changed = sections();
            changed[section as usize][0] += 1;
            let counted = section == Symbols || place(section) > 0;
            assert_eq!(of(&changed) != before, counted, "{section:?}");
        }
    }

    #[test]
    fn the_shipped_files_are_of_one_count() {
        let all = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        let files: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
        let model = ModelFile::new(&files).unwrap();
        assert_eq!(model.section(Count), fingerprint(|s| model.section(s)).to_le_bytes());
    }
}
