namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class ChildOptionsTests
{
    public static TheoryData<string, Action<SubprocessOptions>> Wrong =>
        new()
        {
            { "Environment", options => options.Environment["a=b"] = "" },
            { "WorkingDirectory", options => options.WorkingDirectory = "" },
            { "Priority", options => options.Priority = (System.Diagnostics.ProcessPriorityClass)7 },
            { "Arguments", options => options.Arguments = [null!] },
            { "Limits.OpenFiles", options => options.Limits.OpenFiles = 1 },
            { "Limits.AddressSpace", options => options.Limits.AddressSpace = 1 },
            { "Restart.MaxDelay", options => options.Restart.MaxDelay = options.Restart.MinDelay / 2 },
            { "Recycling.MaxEvents", options => options.Recycling.MaxEvents = 0 },
            { "Recycling.SoftMemoryLimit", options => options.Recycling.SoftMemoryLimit = 0 },
            { "Recycling.HardMemoryLimit", options => options.Recycling.HardMemoryLimit = -1 },
            {
                "Recycling.HardMemoryLimit",
                options =>
                {
                    options.Recycling.SoftMemoryLimit = 2;
                    options.Recycling.HardMemoryLimit = 1;
                }
            },
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
