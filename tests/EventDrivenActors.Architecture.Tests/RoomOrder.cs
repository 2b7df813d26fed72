using System.Text.RegularExpressions;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>Who names whom between the rooms of one package, and which of it breaks the order.</summary>
internal sealed class RoomOrder(RoomMap map, IReadOnlyList<SourceFile> files)
{
    private static readonly (string, string)[] Strangers = [("Parent", "Child"), ("Child", "Parent")];

    /// <summary>A file names something of another room of its package.</summary>
    internal sealed record Arrow(SourceFile From, string Name, string To);

    public IEnumerable<string> Violations()
    {
        foreach (IGrouping<string, SourceFile> package in files.GroupBy(file => file.Package))
        {
            IEnumerable<string> unknown = package
                .Select(file => file.Room)
                .Distinct()
                .Where(room => map.FloorOf(package.Key, room) is null);
            foreach (string room in unknown)
            {
                yield return $"src/{package.Key}: {Title(room)} is not on the map in src/README.md; give it a floor "
                    + "there.";
            }

            List<Arrow> arrows = Arrows(package.ToList()).Distinct().ToList();
            foreach (Arrow arrow in arrows)
            {
                int? from = map.FloorOf(package.Key, arrow.From.Room);
                int? to = map.FloorOf(package.Key, arrow.To);
                if (to > from)
                {
                    yield return $"{arrow.From.Path} names '{arrow.Name}': {Title(arrow.From.Room)} (floor {from}) "
                        + $"may not name {Title(arrow.To)} (floor {to}).";
                }
                else if (Strangers.Contains((arrow.From.Room, arrow.To)))
                {
                    yield return $"{arrow.From.Path} names '{arrow.Name}': {Title(arrow.From.Room)} and "
                        + $"{Title(arrow.To)} never name each other.";
                }
            }

            foreach (string circle in Circles(arrows))
            {
                yield return $"src/{package.Key}: circle of rooms: {circle}";
            }
        }
    }

    private static IEnumerable<Arrow> Arrows(IReadOnlyList<SourceFile> package)
    {
        ILookup<string, SourceFile> homes = package
            .SelectMany(file => file.Declared.Select(type => (type.Name, File: file)))
            .ToLookup(pair => pair.Name, pair => pair.File);
        string[] rooms = package.Select(file => file.Room).Where(room => room.Length > 0).Distinct().ToArray();
        foreach (SourceFile file in package)
        {
            foreach (string name in CSharpText.TypeNames(file.Code))
            {
                string[] seen = homes[name]
                    .Where(home => file.Sees(home.Namespace))
                    .Select(home => home.Room)
                    .Distinct()
                    .ToArray();
                if (seen.Length == 1 && seen[0] != file.Room)
                {
                    yield return new Arrow(file, name, seen[0]);
                }
            }

            foreach (string room in rooms.Where(room => room != file.Room))
            {
                foreach (string name in QualifiedNames(file, room, rooms, homes))
                {
                    yield return new Arrow(file, name, room);
                }
            }
        }
    }

    private static IEnumerable<string> QualifiedNames(
        SourceFile file,
        string room,
        IReadOnlyList<string> rooms,
        ILookup<string, SourceFile> homes
    )
    {
        // A room inside of this one has a name that begins with this one's.
        IEnumerable<string> inner = rooms
            .Where(other => other.StartsWith(room + "/", StringComparison.Ordinal))
            .Select(other => Regex.Escape(other[room.Length..].Replace('/', '.')));
        string name = room.Replace('/', '.');
        string end = $@"(?!\w{string.Concat(inner.Select(other => $@"|{other}(?!\w)"))})";
        string full = $"{file.Package}.{name}";
        if (Regex.IsMatch(file.Code, $@"(?<![\w.]){Regex.Escape(full)}{end}"))
        {
            yield return full;
        }

        foreach (Match match in Regex.Matches(file.Code, $@"(?<![\w.]){Regex.Escape(name)}\.([A-Z]\w*)"))
        {
            if (homes[match.Groups[1].Value].Any(home => home.Room == room))
            {
                yield return match.Value;
            }
        }
    }

    private static IEnumerable<string> Circles(IReadOnlyList<Arrow> arrows)
    {
        ILookup<string, string> next = arrows
            .Select(arrow => (arrow.From.Room, arrow.To))
            .Distinct()
            .ToLookup(pair => pair.Room, pair => pair.To);
        HashSet<string> Reach(string start)
        {
            HashSet<string> reached = [];
            Queue<string> open = new([start]);
            while (open.TryDequeue(out string? room))
            {
                foreach (string target in next[room].Where(reached.Add))
                {
                    open.Enqueue(target);
                }
            }

            return reached;
        }

        Dictionary<string, HashSet<string>> reach = next.ToDictionary(group => group.Key, group => Reach(group.Key));
        HashSet<string> told = [];
        foreach (string room in reach.Keys.Where(room => reach[room].Contains(room)).Order(StringComparer.Ordinal))
        {
            string[] circle = reach[room]
                .Where(other => reach.TryGetValue(other, out HashSet<string>? back) && back.Contains(room))
                .ToArray();
            if (told.Add(string.Join('|', circle.Order(StringComparer.Ordinal))))
            {
                IEnumerable<string> links = arrows
                    .Where(arrow => circle.Contains(arrow.From.Room) && circle.Contains(arrow.To))
                    .Select(arrow =>
                        $"{Title(arrow.From.Room)} -> {Title(arrow.To)} ({arrow.From.Name} names '{arrow.Name}')"
                    );
                yield return string.Join("; ", links);
            }
        }
    }

    private static string Title(string room) => room.Length == 0 ? "the root" : $"room {room}";
}
