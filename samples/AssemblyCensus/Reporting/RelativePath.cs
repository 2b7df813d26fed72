namespace AssemblyCensus.Reporting;

/// <summary>Paths as reports show them.</summary>
internal static class RelativePath
{
    public static string Of(string file, string folder) => Path.GetRelativePath(folder, file).Replace('\\', '/');
}
