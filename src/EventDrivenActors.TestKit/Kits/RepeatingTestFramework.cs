using System.Globalization;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace EventDrivenActors.TestKit;

/// <summary>
/// Runs each test of an assembly as often as the environment variable <c>TEST_REPEATS</c> says, in one process, to find
/// a test that fails now and then. Without the variable, it behaves as xunit's own framework.
/// </summary>
/// <remarks>
/// Name it in the test assembly: <c>[assembly: TestFramework("EventDrivenActors.TestKit.RepeatingTestFramework",
/// "EventDrivenActors.TestKit")]</c>.
/// </remarks>
public sealed class RepeatingTestFramework : XunitTestFramework
{
    /// <summary>Creates the framework; xunit calls this.</summary>
    /// <param name="messageSink">Receives diagnostic messages.</param>
    public RepeatingTestFramework(IMessageSink messageSink)
        : base(messageSink) { }

    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(
        AssemblyName assemblyName,
        ISourceInformationProvider sources,
        IMessageSink diagnostics
    ) : XunitTestFrameworkExecutor(assemblyName, sources, diagnostics)
    {
        private const string Variable = "TEST_REPEATS";

        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions
        )
        {
            IXunitTestCase[] once = [.. testCases];
            base.RunTestCases(
                Enumerable.Repeat(once, Times()).SelectMany(all => all),
                executionMessageSink,
                executionOptions
            );
        }

        private static int Times() =>
            Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? 1
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int times) && times > 0 ? times
            : throw new InvalidOperationException(
                $"The environment variable '{Variable}' is '{text}'; set it to a whole number above zero."
            );
    }
}
