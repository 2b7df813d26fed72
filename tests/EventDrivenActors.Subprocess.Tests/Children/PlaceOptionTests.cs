using System.Diagnostics;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What a user can choose of the place of a child.</summary>
public sealed class PlaceOptionTests : ChildTest
{
    [Fact]
    public async Task WorkingDirectory_IsThatOfTheChild()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("place-");
        Controller controller = Harness.Start(child =>
            child.WorkingDirectory = Path.GetRelativePath(Environment.CurrentDirectory, folder.FullName)
        );

        Assert.Equal(folder.FullName, await controller.Submit(() => Environment.CurrentDirectory).Guarded());
        await controller.ShutdownAsync().Guarded();
        folder.Delete();
    }

    [Fact]
    public async Task WorkingDirectory_ThatIsMissing_FailsAndSaysWhatToDo()
    {
        Controller controller = Harness.Runtime.CreateController(o =>
            o.AddSubprocess(child => child.WorkingDirectory = "/not/there")
        );
        Pending<int> one = controller.Submit(() => 1);
        controller.Run();

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => one.Guarded());

        Assert.True(
            lost.Message.Contains(
                "The working directory '/not/there' of the child process does not exist; make it, or change "
                    + "WorkingDirectory",
                StringComparison.Ordinal
            ),
            lost.Message
        );
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
    }

    [Fact]
    public async Task Priority_IsThatOfEveryThreadOfTheChild()
    {
        Controller controller = Harness.Start(child => child.Priority = ProcessPriorityClass.BelowNormal);

        string[] priorities = await controller
            .Submit(() => Directory.GetDirectories("/proc/self/task").Select(NiceOf).ToArray())
            .Guarded();

        Assert.All(priorities, nice => Assert.Equal("10", nice));
        Assert.NotEqual("10", NiceOf("/proc/self"));
    }

    [Fact]
    public async Task Arguments_AreThoseOfTheChild()
    {
        Controller controller = Harness.Start(child => child.Arguments = ["--one", "two three", "$HOME"]);

        Assert.Equal(
            ["--one", "two three", "$HOME"],
            await controller.Submit(() => Environment.GetCommandLineArgs()[1..]).Guarded()
        );
    }

    [Fact]
    public async Task Limits_AreThoseOfTheChild()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Limits.OpenFiles = 300;
            child.Limits.AddressSpace = 8L << 30;
            child.Arguments = ["an argument"];
        });

        Assert.Equal(
            ["300", $"{8L << 30}", "an argument"],
            await controller
                .Submit(() =>
                    new[]
                    {
                        LimitOf("Max open files"),
                        LimitOf("Max address space"),
                        Environment.GetCommandLineArgs()[1],
                    }
                )
                .Guarded()
        );
    }

    [Fact]
    public async Task Environment_ThatTheUserChose_IsGivenToTheChildThoughItIsOfATool()
    {
        Controller controller = Harness.Start(child => child.Environment["DOTNET_EnableEventPipe"] = "0");

        Assert.Equal(
            "0",
            await controller.Submit(() => Environment.GetEnvironmentVariable("DOTNET_EnableEventPipe")).Guarded()
        );
    }

    [Fact]
    public async Task ChildOfAChild_IsInTheSamePlace()
    {
        Controller controller = Harness.Start(child => child.Arguments = ["one"]);

        Assert.Equal(
            ["one", System.Reflection.Assembly.GetEntryAssembly()!.FullName!],
            await controller.Submit(() => NestedAsync()).Guarded()
        );
    }

    private static async Task<string[]> NestedAsync()
    {
        await using EventRuntime runtime = EventRuntime.Create();
        Controller nested = runtime.CreateController(o => o.AddSubprocess());
        nested.Run();
        return await nested.Submit(() =>
            new[] { Environment.GetCommandLineArgs()[1], System.Reflection.Assembly.GetEntryAssembly()!.FullName! }
        );
    }

    private static string NiceOf(string folder)
    {
        string stat = File.ReadAllText(Path.Combine(folder, "stat"));
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16];
    }

    private static string LimitOf(string name) =>
        File.ReadLines("/proc/self/limits")
            .First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
}
