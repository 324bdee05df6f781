//! Puts a staged site in place: a list of small steps, each of which the file system does wholly or
//! not at all. Between any two of them every file is whole, and the manifest in the output lists
//! each file of ours.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::destination::Site;
use super::failure::OutputError;
use super::plan::Plan;
use super::staging::Staging;
use super::{MANIFEST, folders_of, place_of};

/// One change of the output.
#[derive(Debug)]
pub(super) enum Step {
    /// Renames a staged file or folder into place; an existing file is replaced.
    Rename { from: PathBuf, to: PathBuf },
    /// Removes a file that canvasbook wrote.
    Remove(PathBuf),
    /// Removes a folder if it is empty.
    RemoveFolder(PathBuf),
}

/// The steps that carry a plan out. Writes the manifests into the staging folder, so that a full
/// disk shows before the first step.
pub(super) fn steps(
    plan: &Plan<'_>,
    site: &Site,
    staging: &Staging,
) -> Result<Vec<Step>, OutputError> {
    let new_text = plan.new.to_text();
    let new_manifest = staging.files().join(MANIFEST);
    let output = match site {
        // A new output appears as a whole.
        Site::Absent { parent, first, .. } => {
            write(&new_manifest, &new_text)?;
            return Ok(vec![Step::Rename { from: staging.tree(), to: parent.join(first) }]);
        }
        Site::Present { output } => output,
    };
    let mut changes = Vec::new();
    let removing = |path: &str| Step::Remove(place_of(output, path));
    let removing_folder = |path: &str| Step::RemoveFolder(place_of(output, path));
    changes.extend(plan.clearing.files.iter().map(|path| removing(path)));
    changes.extend(plan.clearing.folders.iter().map(|path| removing_folder(path)));
    changes.extend(renames(plan, output, staging));
    changes.extend(plan.removals.iter().map(|path| removing(path)));
    changes.extend(plan.emptied.iter().map(|path| removing_folder(path)));

    let mut steps = Vec::with_capacity(changes.len() + 2);
    let mut manifest_now = plan.old.text.clone();
    if !changes.is_empty() {
        // Until everything is done the output contains files of both sites, and both are ours.
        let union_text = plan.old.union(&plan.new).to_text();
        if manifest_now.as_ref() != Some(&union_text) {
            write(&staging.union(), &union_text)?;
            steps.push(Step::Rename { from: staging.union(), to: output.join(MANIFEST) });
            manifest_now = Some(union_text);
        }
    }
    steps.append(&mut changes);
    if manifest_now.as_ref() != Some(&new_text) {
        write(&new_manifest, &new_text)?;
        steps.push(Step::Rename { from: new_manifest, to: output.join(MANIFEST) });
    }
    Ok(steps)
}

/// Renames each staged file, or the outermost folder around it that the output lacks: a new section
/// takes one rename.
fn renames(plan: &Plan<'_>, output: &Path, staging: &Staging) -> Vec<Step> {
    let mut renamed: Vec<&str> = Vec::new();
    for path in plan.staged() {
        let missing = folders_of(path).find(|folder| !plan.folders[folder]);
        let what = missing.unwrap_or(path);
        // All paths of a folder are together in the order of bytes.
        if renamed.last() != Some(&what) {
            renamed.push(what);
        }
    }
    let rename =
        |path| Step::Rename { from: place_of(staging.files(), path), to: place_of(output, path) };
    renamed.into_iter().map(rename).collect()
}

/// Checks that the folders of all steps can be written to, before the first step is taken.
/// Obstacles other than permissions show only when it is tried.
pub(super) fn check(steps: &[Step]) -> Result<(), OutputError> {
    let paths = steps.iter().map(|step| match step {
        Step::Rename { to: path, .. } | Step::Remove(path) | Step::RemoveFolder(path) => path,
    });
    let folders: BTreeSet<&Path> = paths.filter_map(|path| path.parent()).collect();
    for folder in folders {
        may_write(folder).map_err(OutputError::machine("write to", folder))?;
    }
    Ok(())
}

/// Fails if the system does not let us change what is in a folder.
#[cfg(unix)]
fn may_write(folder: &Path) -> io::Result<()> {
    use rustix::fs::{Access, AtFlags, CWD, accessat};
    // A folder that does not exist yet is made by an earlier step.
    if !folder.is_dir() {
        return Ok(());
    }
    accessat(CWD, folder, Access::WRITE_OK | Access::EXEC_OK, AtFlags::EACCESS)?;
    Ok(())
}

/// On other systems only trying tells.
#[cfg(not(unix))]
fn may_write(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Takes the steps in their order.
///
/// A rename over an existing file costs nearly twice a fresh write on ext4, which then puts the
/// data on the disk at once. To remove the old file first would be faster, and leave a moment in
/// which a visitor finds neither.
pub(super) fn apply(steps: &[Step]) -> Result<(), OutputError> {
    for step in steps {
        match step {
            Step::Rename { from, to } => {
                fs::rename(from, to).map_err(OutputError::machine("replace", to))?;
            }
            Step::Remove(path) => match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(OutputError::machine("remove", path)(error));
                }
                _ => {}
            },
            Step::RemoveFolder(path) => match fs::remove_dir(path) {
                Err(error) if !is_left_for_good_reason(&error) => {
                    return Err(OutputError::machine("remove", path)(error));
                }
                _ => {}
            },
        }
    }
    Ok(())
}

/// Whether a folder stays because somebody's files are in it, or because it is not a folder (any
/// more).
fn is_left_for_good_reason(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotADirectory, NotFound};
    // POSIX lets a system say "exists" for a folder that is not empty.
    matches!(error.kind(), AlreadyExists | DirectoryNotEmpty | NotADirectory | NotFound)
}

fn write(path: &Path, text: &str) -> Result<(), OutputError> {
    fs::write(path, text).map_err(OutputError::machine("write", path))
}
