namespace AssemblyCensus.Feeding;

/// <summary>The order in which events are fed.</summary>
internal static class CensusPlan
{
    /// <summary>
    /// The files in their order. With sabotage, one event of each kind stands among them, evenly spread, at places that
    /// depend only on the number of files.
    /// </summary>
    public static IReadOnlyList<CensusItem> Build(IReadOnlyList<string> files, bool sabotage)
    {
        List<CensusItem> plan = [.. files.Select(file => new CensusItem(file))];
        if (!sabotage)
        {
            return plan;
        }

        Sabotage[] kinds = Enum.GetValues<Sabotage>();
        for (int i = kinds.Length - 1; i >= 0; i--)
        {
            int place = (int)((long)files.Count * (i + 1) / (kinds.Length + 1));
            plan.Insert(place, new CensusItem($"sabotage {i + 1} before file {place + 1}", kinds[i]));
        }

        return plan;
    }
}
