import ArgumentParser
import Site

@main
struct SiteBuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "site-build")
}
