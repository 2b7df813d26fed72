using System.Diagnostics;

namespace EventDrivenActors.DocsExamples.Children;

internal static class Place
{
    public static void Set(SubprocessOptions child)
    {
        // <snippet>
        child.WorkingDirectory = "/var/lib/jobs";
        child.Priority = ProcessPriorityClass.BelowNormal;
        child.Limits.OpenFiles = 256;                                  // Unix
        child.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";    // 256 MiB, in hexadecimal
        child.Environment["HTTP_PROXY"] = null;                        // not inherited
        // </snippet>
    }
}
