namespace AssemblyCensus.Options;

/// <summary>The folder of restored packages: input that exists on every machine that can build this.</summary>
internal static class PackageCache
{
    public static string Folder =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
