import Testing

@testable import Learn

/// Each error is one line that says what is wrong, where, and what to do.
@Suite("Error texts") struct ErrorTextTests {
    static let texts: [(any Error, String)] = [
        (
            DataError.missingFolder(folder: "/d", source: .option),
            "/d: no such folder, though --data names it: correct it or leave it out"
        ),
        (
            DataError.missingFile(name: "train-labels-idx1-ubyte", folder: "/d", source: .environment),
            "/d: train-labels-idx1-ubyte is missing, plain and .gz alike: "
                + "put all four files there or leave out $FASHION_MNIST_DIR"
        ),
        (
            DataError.unreadable(path: "/d/f", reason: "Permission denied"),
            "/d/f: cannot be read (Permission denied): make it readable or name another"
        ),
        (
            DataError.tooLong(path: "/d/f", limit: 9),
            "/d/f: longer than 9 bytes, too long for a data file: get the file again"
        ),
        (DataError.gzip(path: "/d/f", .truncated), "/d/f: gzip data cut short: get the file again"),
        (
            DataError.gzip(path: "/d/f", .damaged(reason: "incorrect data check")),
            "/d/f: damaged gzip data (incorrect data check): get the file again"
        ),
        (
            DataError.wrongMagic(path: "/d/f", found: 0x801, expected: 0x803),
            "/d/f: begins with 0x00000801 instead of 0x00000803, not such an IDX file: get the file again"
        ),
        (DataError.empty(path: "/d/f"), "/d/f: holds no samples: get the file again"),
        (
            DataError.truncated(path: "/d/f", bytes: 7, expected: 8),
            "/d/f: 7 bytes instead of 8, cut short: get the file again"
        ),
        (
            DataError.trailingBytes(path: "/d/f", count: 3),
            "/d/f: 3 bytes too many after its last sample: get the file again"
        ),
        (
            DataError.trailingBytes(path: "/d/f", count: 1),
            "/d/f: 1 byte too many after its last sample: get the file again"
        ),
        (
            DataError.countMismatch(imagesPath: "/d/i", images: 1, labelsPath: "/d/l", labels: 2),
            "/d/l: 2 labels for 1 image in /d/i: get both files from one data set"
        ),
        (
            DataError.labelOutOfRange(path: "/d/f", position: 5, label: 100),
            "/d/f: label 100 of sample 5 is not in 0...99: get the file again"
        ),
        (
            DataError.countMismatch(imagesPath: "/d/i", images: 4, labelsPath: "/d/l", labels: 3),
            "/d/l: 3 labels for 4 images in /d/i: get both files from one data set"
        ),
        (
            DataError.otherData(path: "/d/f", digest: "aa", expected: "bb"),
            "/d/f: not the file of Fashion-MNIST (SHA-256 aa instead of bb): "
                + "get the file again; for other data, name them in an experiment of their own"
        ),
        (
            DataError.form(path: "/d", .tooManyPixels(bytes: 12, limit: 9)),
            "/d: 12 bytes of pixels, where 9 are read at most: use fewer or smaller images"
        ),
        (
            DataError.badAddress("x:"),
            "x:: not an http or https address: correct $FASHION_MNIST_URL or leave it out"
        ),
        (
            DataError.download(address: "http://h/f.gz", .status(404)),
            "http://h/f.gz: download failed, the server answered with status 404: "
                + "try again later, or name a folder with the files with --data"
        ),
        (
            DataError.download(address: "http://h/f.gz", .damaged(.notGzip)),
            "http://h/f.gz: download failed, the server sent something else: not gzip data: "
                + "try again later, or name a folder with the files with --data"
        ),
        (
            DataError.unwritableCache(path: "/c", reason: "No space left on device"),
            "/c: cannot be written (No space left on device): make room or set $XDG_CACHE_HOME to a folder that can be written"
        ),
        (
            DataError.unlockableCache(path: "/c", reason: "No locks available"),
            "/c: its file system cannot lock files (No locks available): "
                + "set $XDG_CACHE_HOME to a folder on one that can"
        ),
        (DataError.cancelled, "the search for the data was cancelled: start it again"),
        (
            RunStoreError.damaged(path: "/r/run.json", .wrongDigest),
            "/r/run.json: not the bytes that were written: remove the folder or run with --fresh"
        ),
        (
            RunStoreError.damaged(
                path: "/r/run.json", .wrongShape(name: "dense3.bias", found: [2, 5], expected: [10])),
            "/r/run.json: dense3.bias has shape [2, 5] instead of [10]: remove the folder or run with --fresh"
        ),
        (
            RunStoreError.damaged(path: "/r/checkpoint.safetensors", .safetensors(.truncated)),
            "/r/checkpoint.safetensors: safetensors file cut short: remove the folder or run with --fresh"
        ),
        (
            RunStoreError.newerFormat(path: "/r/run.json", version: 2),
            "/r/run.json: written by a newer version of this program (format 2): update it, or remove the folder"
        ),
        (
            RunStoreError.olderFormat(path: "/r/run.json", version: 0),
            "/r/run.json: written by an older version of this program (format 0): remove the folder"
        ),
        (
            RunStoreError.unfit(network: "wide", .notFinite(name: "conv1.kernel")),
            "wide: training gave a run that cannot be used, conv1.kernel holds a NaN or an infinity: "
                + "lower the learning rate or change the seed"
        ),
        (
            RunStoreError.unreadable(path: "/r", reason: "Permission denied"),
            "/r: cannot be read (Permission denied): make it readable or name another folder with --runs"
        ),
        (
            RunStoreError.unwritable(path: "/r", reason: "No space left on device"),
            "/r: cannot be written (No space left on device): make room or name another folder with --runs"
        ),
        (
            RunStoreError.damaged(path: "/r/run.json", .notRegularFile),
            "/r/run.json: not a regular file: remove the folder or run with --fresh"
        ),
        (
            RunStoreError.unlockable(path: "/r", reason: "Function not implemented"),
            "/r: its file system cannot lock files (Function not implemented): name a folder on one that can with --runs"
        ),
        (
            RunStoreError.inUse(path: "/r", holder: 42),
            "/r: in use by process 42: try again when it has ended"
        ),
        (
            FolderLockError.held(folder: "/o", holder: nil),
            "/o: in use by another process: try again when it has ended"
        ),
        (
            FolderLockError.unwritable(folder: "/o", reason: "Read-only file system"),
            "/o: cannot be written (Read-only file system): make it writable or name another folder"
        ),
        (
            FolderLockError.unlockable(folder: "/o", reason: "No locks available"),
            "/o: its file system cannot lock files (No locks available): name a folder on one that can"
        ),
        (
            TrainingError.diverged(network: "wide", epoch: 3),
            "training of wide diverged in epoch 3: its numbers outgrow single precision; lower the learning rate"
        ),
    ]

    @Test(arguments: texts.indices)
    func isOneClearLine(number: Int) {
        let (error, text) = Self.texts[number]
        #expect("\(error)" == text)
    }
}
