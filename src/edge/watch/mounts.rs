//! Which file system a folder is on, to know whether the system reports changes there.

use std::path::{Path, PathBuf};

/// File systems on which another machine changes files, or a program that reports nothing.
const SILENT: [&str; 12] = [
    "9p", "afs", "ceph", "cifs", "lustre", "ncpfs", "nfs", "nfs4", "prl_fs", "smb3", "vboxsf",
    "virtiofs",
];

/// The kind of file system that `folder`, a real path, is on, if changes on it may go unreported.
/// `mounts` is Linux's `/proc/self/mountinfo`.
pub(super) fn silent(mounts: &str, folder: &Path) -> Option<String> {
    let mut nearest: Option<(PathBuf, &str)> = None;
    for line in mounts.lines() {
        let Some((mounted, source)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (mounted.split(' ').nth(4), source.split(' ').next())
        else {
            continue;
        };
        let point = PathBuf::from(unescaped(point));
        let depth = |point: &Path| point.components().count();
        // A file system that is mounted later covers what was there.
        let is_nearer = nearest.as_ref().is_none_or(|(near, _)| depth(&point) >= depth(near));
        if folder.starts_with(&point) && is_nearer {
            nearest = Some((point, kind));
        }
    }
    let (_, kind) = nearest?;
    (SILENT.contains(&kind) || kind.starts_with("fuse.") || kind == "fuse").then(|| kind.to_owned())
}

/// A path with its escapes decoded, such as `\040` for a blank.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split('\\');
    let mut path = pieces.next().unwrap_or("").to_owned();
    for piece in pieces {
        let code = piece.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match code {
            Some(code) => {
                path.push(char::from(code));
                path.push_str(&piece[3..]);
            }
            None => {
                path.push('\\');
                path.push_str(piece);
            }
        }
    }
    path
}

#[test]
fn the_nearest_mount_decides() {
    let mounts = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 22 0:21 / /mnt rw shared:1 - 9p C: rw
24 23 0:22 / /mnt/a\\040b rw - fuse.sshfs host rw
25 22 0:23 / /disk rw - fuseblk /dev/sdb rw
26 23 0:24 / /mnt/local rw - ext4 /dev/vdb rw
27 22 0:25 / /over rw - ext4 /dev/vdc rw
28 22 0:26 / /over rw - nfs4 server rw
";
    let silent = |folder: &str| silent(mounts, Path::new(folder));
    assert_eq!(silent("/srv/plans"), None);
    assert_eq!(silent("/mnt/plans").as_deref(), Some("9p"));
    assert_eq!(silent("/mntx/plans"), None);
    assert_eq!(silent("/mnt/a b/plans").as_deref(), Some("fuse.sshfs"));
    assert_eq!(silent("/mnt/local/plans"), None);
    assert_eq!(silent("/disk/plans"), None, "a local disk");
    assert_eq!(silent("/over").as_deref(), Some("nfs4"), "what was mounted last");
}
