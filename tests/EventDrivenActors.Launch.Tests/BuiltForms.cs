using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Launch.Tests;

/// <summary>
/// Builds and publishes the app in every form, outside the working copy, two at a time; a test waits for its own form
/// only.
/// </summary>
public sealed class BuiltForms : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly string _root = Path.Combine(Path.GetTempPath(), $"launch-{Environment.ProcessId}");
    private readonly SemaphoreSlim _two = new(2);
    private readonly Dictionary<AppForm, Task> _builds = [];

    public Task InitializeAsync()
    {
        foreach (AppForm form in AppForm.All)
        {
            _builds.Add(form, Task.Run(() => BuildAsync(form)));
        }

        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await Task.WhenAll(_builds.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Directory.Delete(_root, recursive: true);
    }

    /// <summary>The file of a form, by its ending: none for the executable.</summary>
    internal async Task<string> FileAsync(AppForm form, string ending = "")
    {
        await _builds[form];
        return Path.Combine(_root, form.Name, form.IsPublished ? "out" : "bin/Release/net10.0", "App" + ending);
    }

    internal string ProjectOf(AppForm form) => Path.Combine(_root, form.Name, "App.csproj");

    private async Task BuildAsync(AppForm form)
    {
        await _two.WaitAsync();
        try
        {
            Directory.CreateDirectory(Path.Combine(_root, form.Name));
            await File.WriteAllTextAsync(ProjectOf(form), Project(form));
            await using LaunchApp build = LaunchApp.Run(
                LaunchApp.Dotnet,
                [
                    form.IsPublished ? "publish" : "build",
                    ProjectOf(form),
                    "-c",
                    "Release",
                    .. form.IsPublished ? new[] { "-o", Path.Combine(_root, form.Name, "out") } : [],
                    "--nologo",
                    "-v",
                    "q",
                    "-nodeReuse:false",
                    $"-p:DirectoryPackagesPropsPath={Repository.PathOf("Directory.Packages.props")}",
                ],
                start => start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1"
            );
            IReadOnlyList<string> lines = await build.EndAsync(Limit);
            Assert.True(
                File.Exists(Path.Combine(_root, form.Name, form.IsPublished ? "out" : "bin/Release/net10.0", "App")),
                string.Join(Environment.NewLine, lines)
            );
        }
        finally
        {
            _two.Release();
        }
    }

    /// <summary>The project of somebody who uses the library as it was built for these tests.</summary>
    private static string Project(AppForm form) =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
                <SatelliteResourceLanguages>en</SatelliteResourceLanguages>
                <UseSharedCompilation>false</UseSharedCompilation>
                {form.Properties}
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{Repository.PathOf("tests/EventDrivenActors.LaunchApp/*.cs")}" />
                <Reference Include="{LaunchApp.Folder}/EventDrivenActors.dll" />
                <Reference Include="{LaunchApp.Folder}/EventDrivenActors.Subprocess.dll" />
                <Reference Include="{LaunchApp.Folder}/EventDrivenActors.Wire.dll" />
                <PackageReference Include="Akka.Remote" />
              </ItemGroup>
              <!-- Compiling all of them ahead takes as long again; a child runs mostly Akka and ours. -->
              <ItemGroup>
                <PublishReadyToRunExclude Include="DotNetty.Buffers.dll" />
                <PublishReadyToRunExclude Include="DotNetty.Codecs.dll" />
                <PublishReadyToRunExclude Include="DotNetty.Common.dll" />
                <PublishReadyToRunExclude Include="DotNetty.Handlers.dll" />
                <PublishReadyToRunExclude Include="DotNetty.Transport.dll" />
                <PublishReadyToRunExclude Include="Google.Protobuf.dll" />
                <PublishReadyToRunExclude Include="Newtonsoft.Json.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Win32.SystemEvents.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.DependencyInjection.Abstractions.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.DependencyInjection.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.Logging.Abstractions.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.Logging.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.ObjectPool.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.Options.dll" />
                <PublishReadyToRunExclude Include="Microsoft.Extensions.Primitives.dll" />
                <PublishReadyToRunExclude Include="System.Configuration.ConfigurationManager.dll" />
                <PublishReadyToRunExclude Include="System.Drawing.Common.dll" />
                <PublishReadyToRunExclude Include="System.Security.Cryptography.ProtectedData.dll" />
                <PublishReadyToRunExclude Include="System.Security.Permissions.dll" />
                <PublishReadyToRunExclude Include="System.Windows.Extensions.dll" />
              </ItemGroup>
            </Project>
            """;
}
