import ArgumentParser
import Foundation

@main
struct SiteBuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site-build",
        abstract: "Trains small networks on images and makes a site out of what they learned.",
        discussion: """
            Without a subcommand, site-build trains what has not been trained yet and makes the site.

            Exit codes:
              0    done
              1    the site could not be made: templates, figures or output
              2    the experiment or its data could not be found or are not what they should be
              3    a run could not be trained, stored or read
              4    the same settings left other results than the site published before
              5    a model could not be read, or does not fit the data
              64   the command line is wrong
              74   standard output could not be written to its end; training and building went on without
              130  interrupted with Ctrl-C; the same command goes on from there
              141  the reader of the output left, as head does; training and building go on without
              143  terminated; the same command goes on from there
            """,
        version: "site-build \(version)",
        subcommands: [
            Build.self, Train.self, Render.self, Serve.self, Runs.self, Compare.self, Study.self, Predict.self,
            ListFacts.self, Gallery.self, New.self, Inspect.self,
        ],
        defaultSubcommand: Build.self)

    static func main() async {
        StandardStream.prepare()
        do {
            do {
                try await perform()
            } catch {
                guard exitCode(for: error) == .success else { throw error }
                // Help, the version or a completion script.
                try StandardStream.output.write(fullMessage(for: error) + "\n")
            }
            try StandardStream.end()
        } catch {
            Failure(error).exit()
        }
    }

    private static func perform() async throws {
        var command = try parseAsRoot()
        if var asynchronous = command as? any AsyncParsableCommand {
            try await asynchronous.run()
        } else {
            try command.run()
        }
    }
}
