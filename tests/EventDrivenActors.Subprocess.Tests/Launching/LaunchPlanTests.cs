using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Tests.Launching;

public sealed class LaunchPlanTests
{
    private static readonly LaunchFacts Muxer = new(
        "/usr/share/dotnet/dotnet",
        "/my äpp/App.deps.json;/shared/Core.deps.json",
        "/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.0/System.Private.CoreLib.dll",
        "/my äpp/App.dll",
        "/my äpp/EventDrivenActors.Subprocess.dll",
        _ => true
    );

    [Fact]
    public void Plan_RunByTheMuxer_ExecutesTheLibraryWithTheApplicationsFiles()
    {
        LaunchPlan plan = LaunchPlan.For(Muxer);
        Assert.Equal("/usr/share/dotnet/dotnet", plan.FileName);
        Assert.Equal(
            [
                "exec",
                "--depsfile",
                "/my äpp/App.deps.json",
                "--runtimeconfig",
                "/my äpp/App.runtimeconfig.json",
                "/my äpp/EventDrivenActors.Subprocess.dll",
            ],
            plan.Arguments
        );
    }

    [Fact]
    public void Plan_RunByAnAppHost_FindsTheMuxerAboveTheCoreLibrary() =>
        Assert.Equal("/usr/share/dotnet/dotnet", LaunchPlan.For(Muxer with { ProcessPath = "/my äpp/App" }).FileName);

    [Fact]
    public void Plan_SelfContained_StartsTheApplicationAgainWithTheHook()
    {
        LaunchPlan plan = LaunchPlan.For(
            Muxer with
            {
                ProcessPath = "/my äpp/App",
                CoreLibrary = "/my äpp/System.Private.CoreLib.dll",
            }
        );
        Assert.Equal("/my äpp/App", plan.FileName);
        Assert.Equal("/my äpp/EventDrivenActors.Subprocess.dll", plan.Environment[ChildEnvironment.StartupHooks]);
    }

    [Fact]
    public void Plan_SingleFile_NamesTheHookByAssembly()
    {
        LaunchPlan plan = LaunchPlan.For(new LaunchFacts("/opt/app", null, "", "", "", path => path == "/opt/app"));
        Assert.Equal("EventDrivenActors.Subprocess", plan.Environment[ChildEnvironment.StartupHooks]);
    }

    [Fact]
    public void Plan_WithoutDepsFile_StartsTheApplicationAgain()
    {
        LaunchPlan plan = LaunchPlan.For(
            Muxer with
            {
                FileExists = path => !path.EndsWith(".deps.json", StringComparison.Ordinal),
            }
        );
        Assert.Equal(["/my äpp/App.dll"], plan.Arguments);
        Assert.Contains(ChildEnvironment.StartupHooks, plan.Environment);
    }

    [Theory]
    [InlineData("/my äpp/App.runtimeconfig.json")]
    [InlineData("/my äpp/EventDrivenActors.Subprocess.dll")]
    [InlineData("/usr/share/dotnet/dotnet")]
    public void Plan_WithoutAFileThatItNeeds_NamesItAndIsNotTriedAgain(string missing)
    {
        ChildStartException failure = Assert.Throws<ChildStartException>(() =>
            LaunchPlan.For(Muxer with { FileExists = path => path != missing })
        );
        Assert.Contains($"'{missing}' is missing; ", failure.Message);
        Assert.False(failure.MayRetry);
    }

    [Fact]
    public void Plan_NothingThere_SaysWhatIsMissing()
    {
        ChildStartException failure = Assert.Throws<ChildStartException>(() =>
            LaunchPlan.For(new LaunchFacts(null, null, "", "", "", _ => false))
        );
        Assert.Contains("run the application from files", failure.Message);
    }

    [Fact]
    public void Plan_OfNativeCode_SaysWhichPropertyToSet()
    {
        ChildStartException failure = Assert.Throws<ChildStartException>(() =>
            LaunchPlan.For(
                new LaunchFacts("/opt/app", null, "", "", "", _ => true) { IsNative = true, HooksRun = false }
            )
        );
        Assert.Contains("native AOT", failure.Message);
        Assert.Contains("'#:property PublishAot=false'", failure.Message);
        Assert.False(failure.MayRetry);
    }

    [Fact]
    public void Plan_WithoutHooks_NeedsTheLineInMain()
    {
        LaunchFacts facts = new LaunchFacts("/opt/app", null, "", "", "", path => path == "/opt/app")
        {
            HooksRun = false,
        };
        Assert.Contains(
            "ChildProcessHost.RunIfChildAsync()",
            Assert.Throws<ChildStartException>(() => LaunchPlan.For(facts)).Message
        );
        LaunchPlan plan = LaunchPlan.For(facts with { MainRunsChildren = true });
        Assert.Contains(ChildEnvironment.Marker, plan.Environment);
        Assert.DoesNotContain(ChildEnvironment.StartupHooks, plan.Environment);
    }

    [Fact]
    public void Plan_OfAChildThatRunsMain_IsRefused()
    {
        ChildStartException failure = Assert.Throws<ChildStartException>(() =>
            LaunchPlan.For(Muxer with { IsStrayChild = true })
        );
        Assert.Contains("first in Main", failure.Message);
        Assert.False(failure.MayRetry);
    }

    [Fact]
    public void Environment_OfAChild_LosesHooksAndProfilers()
    {
        Dictionary<string, string?> environment = new Dictionary<string, string?>
        {
            ["PATH"] = "/bin",
            ["LD_PRELOAD"] = "x",
            ["DOTNET_STARTUP_HOOKS"] = "x",
            ["CORECLR_PROFILER_PATH_64"] = "x",
            ["VSTEST_CONNECTION_TIMEOUT"] = "x",
            ["DOTNET_gcConcurrent"] = "1",
        };
        ChildEnvironment.Apply(environment, new LaunchPlan("", [], ChildEnvironment.Defaults));
        Assert.Equal(
            ["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit", "DOTNET_gcConcurrent", "PATH"],
            environment.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("1", environment["DOTNET_gcConcurrent"]);
    }

    [Fact]
    public void Environment_OfAChild_LosesAllThatIsMeantForOneProcess()
    {
        Dictionary<string, string?> environment = ChildEnvironment.Stripped.ToDictionary(
            name => name.ToUpperInvariant(),
            _ => (string?)"x"
        );
        ChildEnvironment.Apply(environment, new LaunchPlan("", [], new Dictionary<string, string>()));
        Assert.Empty(environment);
    }

    [Fact]
    public void Environment_OfAChild_IsWhatTheUserChose_ButForTheHookThatStartsIt()
    {
        Dictionary<string, string?> environment = new Dictionary<string, string?>
        {
            ["PATH"] = "/bin",
            ["HOME"] = "/home",
            ["DOTNET_gcConcurrent"] = "1",
        };
        Dictionary<string, string> planned = new Dictionary<string, string>(ChildEnvironment.Defaults)
        {
            [ChildEnvironment.StartupHooks] = "ours",
        };
        ChildEnvironment.Apply(
            environment,
            new LaunchPlan("", [], planned)
            {
                Placement = new ChildPlacement
                {
                    Environment = new Dictionary<string, string?>
                    {
                        ["HOME"] = null,
                        ["DOTNET_gcConcurrent"] = "0",
                        ["DOTNET_GCHeapHardLimit"] = "0x6400000",
                        [ChildEnvironment.StartupHooks] = "theirs",
                    },
                },
            }
        );
        Assert.Equal(
            [
                "DOTNET_GCHeapHardLimit",
                "DOTNET_STARTUP_HOOKS",
                "DOTNET_ThreadPool_UnfairSemaphoreSpinLimit",
                "DOTNET_gcConcurrent",
                "PATH",
            ],
            environment.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("0", environment["DOTNET_gcConcurrent"]);
        Assert.Equal("ours", environment[ChildEnvironment.StartupHooks]);
    }

    [Fact]
    public void Library_HasAnEntryPoint() =>
        Assert.Equal("Main", typeof(LaunchPlan).Assembly.EntryPoint?.Name.Trim('<', '>'));
}
