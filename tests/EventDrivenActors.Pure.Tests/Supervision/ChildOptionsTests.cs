namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class ChildOptionsTests
{
    public static TheoryData<string, Action<SubprocessOptions>> Wrong => new()
    {
        { "Restart.HealthyAfter", options => options.Restart.HealthyAfter = TimeSpan.FromSeconds(-1) },
        { "Environment", options => options.Environment["a=b"] = "" },
        { "WorkingDirectory", options => options.WorkingDirectory = "" },
        { "Priority", options => options.Priority = (System.Diagnostics.ProcessPriorityClass)7 },
        { "Arguments", options => options.Arguments = [null!] },
        { "Limits.OpenFiles", options => options.Limits.OpenFiles = 1 },
        { "Limits.AddressSpace", options => options.Limits.AddressSpace = 1 },
        { "SetupTimeout", options => options.SetupTimeout = TimeSpan.Zero },
        { "Recycling.MaxEvents", options => options.Recycling.MaxEvents = 0 },
        { "Recycling.MaxAge", options => options.Recycling.MaxAge = TimeSpan.Zero },
        { "Recycling.SoftMemoryLimit", options => options.Recycling.SoftMemoryLimit = 0 },
        { "Recycling.HardMemoryLimit", options => options.Recycling.HardMemoryLimit = -1 },
        {
            "Recycling.HardMemoryLimit", options =>
            {
                options.Recycling.SoftMemoryLimit = 2;
                options.Recycling.HardMemoryLimit = 1;
            }
        },
        { "Recycling.MemoryInterval", options => options.Recycling.MemoryInterval = TimeSpan.Zero },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Option_OutOfItsRange_IsNamed(string option, Action<SubprocessOptions> set)
    {
        SubprocessOptions options = new();
        options.Validate();
        set(options);

        Assert.Contains($"The option {option} of", Assert.Throws<ArgumentException>(options.Validate).Message);
    }
}
