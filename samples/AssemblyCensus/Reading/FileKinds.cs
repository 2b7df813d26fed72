namespace AssemblyCensus.Reading;

/// <summary>The kinds of files. They are strings, so they cross a process line without a type of their own.</summary>
internal static class FileKinds
{
    /// <summary>An assembly with types, or one that forwards types.</summary>
    public const string Assembly = "assembly";

    /// <summary>
    /// An assembly without any type of its own or forwarded: a satellite. It counts as an assembly and is listed.
    /// </summary>
    public const string ResourceOnly = "resource-only";

    /// <summary>CLR metadata without an assembly manifest (a .netmodule).</summary>
    public const string Module = "module";

    /// <summary>A valid image without CLR metadata.</summary>
    public const string Native = "native";

    /// <summary>Empty, cut off, or not a valid image.</summary>
    public const string Corrupt = "corrupt";

    /// <summary>Whether files of this kind count as assemblies.</summary>
    public static bool IsAssembly(string kind) => kind is Assembly or ResourceOnly;
}
