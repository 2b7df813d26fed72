namespace AssemblyCensus.Options;

/// <summary>Where restore has put the packages: input that is on every machine that could build this.</summary>
internal static class PackageCache
{
    public static string Folder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
