using System.Text.RegularExpressions;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>
/// The floors of the rooms, as the tables of <c>src/README.md</c> give them: package, then room, then floor.
/// </summary>
internal sealed partial class RoomMap
{
    private readonly Dictionary<(string Package, string Room), int> _floors = [];

    public RoomMap(string markdown)
    {
        string package = "";
        foreach (string line in markdown.Split('\n'))
        {
            if (Heading().Match(line) is { Success: true } heading)
            {
                package = heading.Groups[1].Value;
            }
            else if (Row().Match(line) is { Success: true } row)
            {
                string room = row.Groups["room"].Value is "(root)" ? "" : row.Groups["room"].Value;
                _floors.Add((package, room), int.Parse(row.Groups["floor"].Value));
            }
        }
    }

    public IEnumerable<(string Package, string Room)> Rooms => _floors.Keys;

    public static RoomMap Read() => new(File.ReadAllText(Repository.PathOf("src/README.md")));

    /// <summary>The floor of a room, or <see langword="null"/> for one that is not on the map.</summary>
    public int? FloorOf(string package, string room) =>
        _floors.TryGetValue((package, room), out int floor) ? floor : null;

    [GeneratedRegex(@"^#+ .*?`(EventDrivenActors[\w.]*)`")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\|\s*(?<floor>\d+)\s*\|\s*`?(?<room>[\w()/]+)`?\s*\|")]
    private static partial Regex Row();
}
