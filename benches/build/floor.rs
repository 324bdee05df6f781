//! The floor: the least that a generator has to do with the disk. Two threads read the sources, then
//! write as many files, at the same places and of the same lengths, as canvasbook writes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use walkdir::WalkDir;

use crate::Outcome;

/// How many threads read and write. It defines the floor, so it is the same everywhere.
const THREADS: usize = 2;

/// How much is written by one call. Pages are smaller; only data files of large handbooks are not.
const PIECE: usize = 256 * 1024;

/// Lists the files of a built site with their lengths, for the floor to write.
pub fn list(site: &Path, to: &Path) -> Outcome<()> {
    let mut list = File::create(to).map(std::io::BufWriter::new)?;
    for entry in WalkDir::new(site).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(site)?.to_str().ok_or("names are UTF-8")?;
            writeln!(list, "{} {path}", entry.metadata()?.len())?;
        }
    }
    Ok(list.flush()?)
}

/// Reads all files below the first folder, then writes the files of the list below the last one.
pub fn run(arguments: &[String]) -> Outcome<()> {
    let [sources, list, output] = arguments else {
        return Err("--floor wants a folder of sources, a list and a folder to write to".into());
    };
    let text = fs::read_to_string(list)?;
    let mut files = Vec::new();
    for line in text.lines() {
        let (length, path) = line.split_once(' ').ok_or("the list has a line without a path")?;
        files.push((length.parse::<usize>()?, Path::new(output).join(path)));
    }
    let piece = read(Path::new(sources))?;
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(_, path)| path.parent()).collect();
    for folder in folders {
        fs::create_dir_all(folder)?;
    }
    each(&files, |(length, path)| {
        let mut file = File::create(path)?;
        let mut left = *length;
        while left > 0 {
            let now = left.min(piece.len());
            file.write_all(&piece[..now])?;
            left -= now;
        }
        Ok(())
    })
}

/// Reads every file below a folder, and returns a text of [`PIECE`] bytes, made of the first file:
/// text rather than zeros, which some file systems do not store.
fn read(sources: &Path) -> Outcome<Vec<u8>> {
    let mut paths = Vec::new();
    for entry in WalkDir::new(sources) {
        let entry = entry?;
        if entry.file_type().is_file() {
            paths.push(entry.into_path());
        }
    }
    let sample = fs::read(paths.first().ok_or("there are no sources")?)?;
    each(&paths, |path| {
        let mut text = Vec::new();
        File::open(path)?.read_to_end(&mut text)?;
        std::hint::black_box(text);
        Ok(())
    })?;
    Ok(sample.iter().copied().cycle().take(PIECE).collect())
}

/// Calls `act` with each item, on [`THREADS`] threads; each takes the next item that is left.
fn each<T: Sync>(items: &[T], act: impl Fn(&T) -> std::io::Result<()> + Sync) -> Outcome<()> {
    let next = AtomicUsize::new(0);
    let work = || -> std::io::Result<()> {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            act(item)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            thread.join().map_err(|_| "a thread of the floor ended early")??;
        }
        Ok(())
    })
}
