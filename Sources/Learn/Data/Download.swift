import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One file on its way from an HTTP server to the disk.
///
/// Its state is touched by nothing but the session's delegate queue, which runs one operation at a time.
final class Download: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    /// What a server may ask of us.
    struct Limits: Sendable {
        /// The longest file, in bytes.
        var length = 1 << 26
        var redirects = 5
        /// The longest time in which nothing arrives, in seconds.
        var silence: TimeInterval = 30
        /// The longest time that the whole file may take, in seconds.
        var duration: TimeInterval = 1800
    }

    private let address: URL
    /// Nil once the download has ended.
    private var file: OpenFile?
    private let path: String
    private let limits: Limits
    private var redirects = 0
    private var received = 0
    private var failure: DataError?
    private var completion: CheckedContinuation<DataError?, Never>?

    private init(_ address: URL, to url: URL, limits: Limits) throws(SystemError) {
        self.address = address
        self.limits = limits
        path = url.path
        file = try OpenFile(url, O_WRONLY | O_CREAT | O_TRUNC)
    }

    /// Writes what the server has at `address` into a file; on return its content is on the disk.
    static func fetch(_ address: URL, to url: URL, limits: Limits) async throws(DataError) {
        let download: Download
        do {
            download = try Download(address, to: url, limits: limits)
        } catch {
            throw .unwritableCache(path: url.path, reason: error.reason)
        }
        if let failure = await download.run() { throw failure }
    }

    private func run() async -> DataError? {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = limits.silence
        configuration.urlCache = nil
        // The file is compressed already, and best arrives as it is.
        configuration.httpAdditionalHeaders = ["Accept-Encoding": "identity"]
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
        let task = session.dataTask(with: address)
        let deadline = Task {
            try await Task.sleep(for: .seconds(limits.duration))
            queue.addOperation { self.stop(.download(address: self.address.absoluteString, .tooSlow), task) }
        }
        let failure = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.addOperation {
                    self.completion = continuation
                    // A task that was cancelled before it began never ends.
                    if self.failure == nil { task.resume() } else { self.end() }
                }
            }
        } onCancel: {
            queue.addOperation { self.stop(.cancelled, task) }
        }
        deadline.cancel()
        session.invalidateAndCancel()
        return failure
    }

    /// Gives up from outside the task's own callbacks, and does not wait for the last of them.
    private func stop(_ error: DataError, _ task: URLSessionTask) {
        note(error)
        task.cancel()
        end()
    }

    private func end() {
        completion?.resume(returning: failure)
        completion = nil
        file = nil
    }

    /// Keeps the first reason, which brings about the others.
    private func note(_ reason: DataError.DownloadFailure) {
        note(.download(address: address.absoluteString, reason))
    }

    private func note(_ error: DataError) {
        if failure == nil { failure = error }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        redirects += 1
        if redirects > limits.redirects { note(.tooManyRedirects) }
        // Without a request the task goes on to deliver the redirect itself, and is cancelled there: to cancel it
        // here crashes FoundationNetworking.
        completionHandler(failure == nil ? request : nil)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        if status != 200 { note(.status(status)) }
        // Decided here and not while data come in, which FoundationNetworking piles up in memory as fast as they do.
        if response.expectedContentLength < 0 { note(.unknownLength) }
        if response.expectedContentLength > Int64(limits.length) { note(.tooLong(limit: limits.length)) }
        // The disposition alone does not stop FoundationNetworking.
        if failure != nil { dataTask.cancel() }
        completionHandler(failure == nil ? .allow : .cancel)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard failure == nil else { return }
        // Of encoded content the server tells the length before it is decoded.
        received += data.count
        guard received <= limits.length else {
            note(.tooLong(limit: limits.length))
            return dataTask.cancel()
        }
        do {
            try file?.write(Array(data))
        } catch {
            note(.unwritableCache(path: path, reason: error.reason))
            dataTask.cancel()
        }
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error {
            let isTimeout = (error as? URLError)?.code == .timedOut
            note(isTimeout ? .tooSlow : .connection(reason: error.localizedDescription))
        } else {
            do {
                try file?.synchronize()
            } catch {
                note(.unwritableCache(path: path, reason: error.reason))
            }
        }
        end()
    }
}
