using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EventDrivenActors.Simulation.Tests.Printing;

/// <summary>Compiles programs as a project with nothing but the package with children would.</summary>
internal static class Compiler
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string[] NotReferenced = ["TestKit", "Simulation", "TestSupport", "xunit", "CodeAnalysis"];

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path =>
                !NotReferenced.Any(name => Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase))
            )
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);
    private static readonly SyntaxTree Global = CSharpSyntaxTree.ParseText(Usings, Options);

    /// <returns>The compiler's errors.</returns>
    public static IReadOnlyList<string> Errors(string code) =>
        [
            .. CSharpCompilation
                .Create(
                    "printed",
                    [CSharpSyntaxTree.ParseText(code, Options), Global],
                    References,
                    new CSharpCompilationOptions(
                        OutputKind.ConsoleApplication,
                        nullableContextOptions: NullableContextOptions.Enable
                    )
                )
                .GetDiagnostics()
                .Where(found => found.Severity == DiagnosticSeverity.Error)
                .Select(found => $"{found}: {LineOf(code, found)}"),
        ];

    private static string? LineOf(string code, Diagnostic found) =>
        code.Split('\n').ElementAtOrDefault(found.Location.GetLineSpan().StartLinePosition.Line);
}
