using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Launch.Tests;

/// <summary>
/// What a child has of its parent's process is what <c>docs/child-processes.md</c> lists, and the same as in process
/// where that does not say otherwise.
/// </summary>
public sealed class PlaceTests(PlaceTests.ToldPlace told) : IClassFixture<PlaceTests.ToldPlace>
{
    private const string Document = "docs/child-processes.md";

    /// <summary>What a handler in process sees.</summary>
    private static readonly Dictionary<string, string> Here = new()
    {
        ["arguments"] = "place one two three",
        ["assembly resolvers"] = "asked",
        ["background garbage collection"] = "True",
        ["base directory"] = LaunchApp.Folder,
        ["configuration file"] = "from App.config",
        ["console encoding"] = "iso-8859-1",
        ["culture"] = "1'234.50 Wednesday one fr-FR it-IT",
        ["entry assembly"] = "EventDrivenActors.LaunchApp, ",
        ["environment"] = "set by code ",
        ["environment of tools"] = "/no-such.sock,nosuspend,connect",
        ["invariant globalization"] = "true .",
        ["priority"] = "3",
        ["regular expression time-out"] = "00:00:07",
        ["resource limits"] = "Max open files            4000                 4000",
        ["runtime configuration"] = "-1",
        // With one processor the runtime takes the other one, whatever is configured.
        ["server garbage collection"] = $"{Environment.ProcessorCount > 1}",
        ["session and process group"] = "",
        ["standard input"] = "112",
        ["standard output and error"] = "pipe:",
        ["state that code has set"] = "changed 2 ",
        ["switches"] = "True True",
        ["thread pool"] = "11 12 111 112",
        ["time zone"] = "Asia/Tokyo 21:00",
        ["umask"] = "Umask:\t0027",
        ["working directory"] = "/",
    };

    /// <summary>What one in a child sees, where that is something else.</summary>
    private static readonly Dictionary<string, string> Child = new()
    {
        ["assembly resolvers"] = "none",
        ["background garbage collection"] = "False",
        ["console encoding"] = "utf-8",
        ["environment of tools"] = "",
        ["session and process group"] = "its own",
        ["standard input"] = "-1",
        ["standard output and error"] = "pipe:",
        ["state that code has set"] = "fresh 1 ",
    };

    public static TheoryData<string> Things() => [.. Here.Keys];

    [Theory]
    [MemberData(nameof(Things))]
    public void Child_IsInThePlaceOfItsParent_ButForWhatIsListed(string thing)
    {
        (string here, string child) = told.Of[thing];

        Assert.StartsWith(Here[thing], here);
        if (thing == "session and process group")
        {
            Assert.NotEqual(here, child);
        }
        else if (Child.TryGetValue(thing, out string? other))
        {
            Assert.StartsWith(other, child);
            Assert.NotEqual(here, child);
        }
        else
        {
            Assert.Equal(here, child);
        }
    }

    [Fact]
    public void Document_ListsWhatTheTestsCover_AndWhetherItIsTheSame()
    {
        Dictionary<string, bool> listed = File.ReadLines(Repository.PathOf(Document))
            .SkipWhile(line => !line.StartsWith("| Thing |", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(
                cells => cells[1].ToLowerInvariant(),
                cells => cells[2].StartsWith("The same", StringComparison.Ordinal)
            );

        Assert.Equal(Here.Keys.Order(), listed.Keys.Order());
        Assert.Equal(Child.Keys.Order(), listed.Where(thing => !thing.Value).Select(thing => thing.Key).Order());
    }

    /// <summary>One run of the application, started as no test host is, that has changed all it can.</summary>
    public sealed class ToldPlace : IAsyncLifetime
    {
        private Dictionary<string, (string Here, string Child)> _told = [];

        public IReadOnlyDictionary<string, (string Here, string Child)> Of => _told;

        public async Task InitializeAsync()
        {
            string[] started =
            [
                "umask 027; ulimit -n 4000; exec nice -n 3 \"$@\"",
                "sh",
                LaunchApp.Dotnet,
                Path.Combine(LaunchApp.Folder, "EventDrivenActors.LaunchApp.dll"),
                "place",
                "one",
                "two three",
            ];
            await using LaunchApp app = LaunchApp.Run(
                "/bin/sh",
                ["-c", .. started],
                start =>
                {
                    start.Environment["TZ"] = "Asia/Tokyo";
                    start.Environment["LANG"] = "de_DE.ISO-8859-1";
                    start.Environment.Remove("LC_ALL");
                    start.Environment["DOTNET_gcServer"] = "1";
                    start.Environment["DOTNET_gcConcurrent"] = null;
                    start.Environment["DOTNET_DiagnosticPorts"] = "/no-such.sock,nosuspend,connect";
                    start.Environment["LD_AUDIT"] = "/no-such.so";
                }
            );
            await app.AskAsync("put on standard input");
            IReadOnlyList<string> lines = await app.EndAsync();
            _told = lines
                .Select(line => line.Split(" | "))
                .Where(parts => parts.Length == 3)
                .ToDictionary(parts => parts[0], parts => (parts[1], parts[2]));
            Assert.True(_told.Count > 0, string.Join(Environment.NewLine, lines));
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
