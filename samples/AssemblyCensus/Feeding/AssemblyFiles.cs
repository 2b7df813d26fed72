namespace AssemblyCensus.Feeding;

/// <summary>Finds the input.</summary>
internal static class AssemblyFiles
{
    /// <summary>
    /// The .dll files under a folder in ordinal order, at most <paramref name="limit"/>. Links are not followed.
    /// </summary>
    public static IReadOnlyList<string> Find(string folder, int? limit)
    {
        EnumerationOptions everywhere = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MatchCasing = MatchCasing.CaseInsensitive,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = false,
        };
        try
        {
            string[] files = Directory.GetFiles(folder, "*.dll", everywhere);
            Array.Sort(files, StringComparer.Ordinal);
            return limit is { } most ? [.. files.Take(most)] : files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CensusException(
                $"The folder '{folder}' cannot be read to its end ({exception.Message.TrimEnd('.')}); name another "
                    + "with --path.",
                exception
            );
        }
    }
}
