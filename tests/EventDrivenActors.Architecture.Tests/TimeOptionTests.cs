using System.Reflection;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>P13: every time that users set takes the same range and is checked where it is set. A new one fails here until it is.</summary>
public class TimeOptionTests
{
    private static readonly Assembly[] Packages = [typeof(Controller).Assembly, typeof(SubprocessOptions).Assembly, typeof(TestKit.ControllerTestKit).Assembly];

    private static readonly TimeSpan[] Right = [TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(0.5), TimeSpan.FromDays(90), TimeSpan.FromDays(3653), Timeout.InfiniteTimeSpan];

    private static readonly TimeSpan[] Wrong =
        [TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(-2), TimeSpan.FromDays(-90), TimeSpan.FromDays(3653) + TimeSpan.FromTicks(1), TimeSpan.MaxValue, TimeSpan.MinValue];

    /// <summary>Where zero means "at once", and not "none".</summary>
    private static readonly string[] TakeZero = ["KillGrace", "MinDelay", "MaxDelay", "HealthyAfter"];

    /// <summary>Methods that take a time, and the test that checks theirs.</summary>
    private static readonly (string Method, string Test)[] Methods =
    [
        ("Pending.WaitAsync", "TimeOptionContract"),
        ("Pending`1.WaitAsync", "TimeOptionContract"),
        ("IController.ShutdownAsync", "TimeOptionContract"),
        ("ControllerBase.ShutdownAsync", "TimeOptionContract"),
        ("Controller.ShutdownAsync", "TimeOptionContract"),
        ("ControllerPool.ShutdownAsync", "TimeOptionContract"),
        ("TimerAdapter.SetTiming", "TimeOptionContract"),
        ("TimerAdapter..ctor", "TimeOptionContract"),
        ("TimerExtensions.AddTimer", "TimeOptionContract"),
        ("DueTimer.Set", "DueTimerTests: any time is one, also none"),
        ("DueTimer.DelayAsync", "DueTimerTests: any time is one, also none"),
        ("TimeOption.Require", "this one"),
        ("TimeOption.RequireOrZero", "this one"),
        ("TimeOption.IsTime", "this one"),
        ("TimeOption.Limit", "this one"),
        ("EventProbe.ExpectEventAsync", "EventProbeTests"),
        ("EventProbe.FishForEventAsync", "EventProbeTests"),
        ("VirtualTime.Advance", "VirtualTimeTests: a clock is moved by any time"),
        ("VirtualTime.AdvanceAsync", "VirtualTimeTests: a clock is moved by any time"),
        ("VirtualTime.Jump", "VirtualTimeTests: a clock is moved by any time"),
        ("VirtualTime.CreateTimer", "VirtualTimeTests: as the framework says"),
    ];

    public static TheoryData<string, PropertyInfo> Options
    {
        get
        {
            TheoryData<string, PropertyInfo> options = [];
            foreach (PropertyInfo property in Packages.SelectMany(package => package.GetExportedTypes()).SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
            {
                if (IsTime(property.PropertyType) && property.SetMethod is { IsPublic: true })
                {
                    options.Add($"{property.DeclaringType!.Name}.{property.Name}", property);
                }
            }

            return options;
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Option_OfATime_TakesTheRangeAndNothingElse(string name, PropertyInfo option)
    {
        object owner = Activator.CreateInstance(option.DeclaringType!, nonPublic: true)!;
        foreach (TimeSpan right in Right)
        {
            option.SetValue(owner, right);
            Assert.Equal(right, option.GetValue(owner));
        }

        foreach (TimeSpan wrong in TakeZero.Contains(option.Name) ? Wrong : [.. Wrong, TimeSpan.Zero])
        {
            object? before = option.GetValue(owner);
            Exception? refused = Assert.Throws<TargetInvocationException>(() => option.SetValue(owner, wrong)).InnerException;
            string message = Assert.IsType<ArgumentOutOfRangeException>(refused).Message;
            Assert.Contains($"'{wrong}'", message);
            Assert.Contains(option.Name, message);
            Assert.Contains("100 ns to 10 years", message);
            Assert.Equal(before, option.GetValue(owner));
        }

        Assert.True(name.Length > 0);
    }

    [Fact]
    public void Method_ThatTakesATime_IsInTheList() => Findings.None(
        from type in Packages.SelectMany(package => package.GetExportedTypes())
        from method in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).OfType<MethodBase>()
        where (method.IsPublic || method.IsFamily) && !(method.IsSpecialName && !method.IsConstructor) && method.GetParameters().Any(parameter => IsTime(parameter.ParameterType))
        let name = $"{type.Name}.{method.Name}"
        where !Methods.Any(listed => listed.Method == name)
        select $"{name} takes a time; let it take what TimeOption.Require does, test that, and add it to the list of {nameof(TimeOptionTests)}.");

    private static bool IsTime(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(TimeSpan);
}
