namespace EventDrivenActors.Architecture.Tests;

/// <summary>How large the types of one room are, and which of them need each other.</summary>
/// <remarks>A type is known by its name, whatever its number of type parameters; its files are summed.</remarks>
internal sealed class TypeOrder
{
    private readonly ILookup<string, SourceFile> _files;
    private readonly Dictionary<string, HashSet<string>> _needs = [];

    /// <param name="room">The files of one room.</param>
    public TypeOrder(IReadOnlyCollection<SourceFile> room)
    {
        _files = room.SelectMany(file => file.Declared.Select(type => (type.Name, File: file)))
            .ToLookup(pair => pair.Name, pair => pair.File);
        foreach (IGrouping<string, SourceFile> type in _files)
        {
            _needs[type.Key] = type.SelectMany(file => CSharpText.TypeNames(file.Code, ofMembersToo: true))
                .Where(name => name != type.Key && _files.Contains(name))
                .Where(name => type.All(file => !_files[name].Contains(file)))
                .ToHashSet();
        }
    }

    /// <summary>The lines of each type, its partial files summed.</summary>
    public IEnumerable<(string Type, int Lines)> Sizes() =>
        _files.Select(type => (type.Key, type.Distinct().Sum(file => file.Source.AsSpan().Count('\n'))));

    /// <summary>Types that need each other, directly or through others: the largest such sets.</summary>
    public IEnumerable<IReadOnlyList<string>> Cycles()
    {
        Dictionary<string, HashSet<string>> reach = _needs.Keys.ToDictionary(type => type, Reach);
        HashSet<string> told = [];
        foreach (string type in reach.Keys.Order(StringComparer.Ordinal).Where(type => reach[type].Contains(type)))
        {
            string[] cycle =
            [
                .. reach[type].Where(other => reach[other].Contains(type)).Order(StringComparer.Ordinal),
            ];
            if (!cycle.Any(told.Contains))
            {
                told.UnionWith(cycle);
                yield return cycle;
            }
        }
    }

    private HashSet<string> Reach(string start)
    {
        HashSet<string> reached = [];
        Queue<string> open = new([start]);
        while (open.TryDequeue(out string? type))
        {
            foreach (string next in _needs[type].Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return reached;
    }
}
