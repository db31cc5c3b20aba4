using System.Text.RegularExpressions;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Architecture;

/// <summary>Who may import whom, read from the sources.</summary>
public partial class ImportTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = [],
        ["Configuration"] = [],
        ["Gateways"] = ["Model", "Configuration"],
        ["Access"] = ["Model", "Configuration", "Gateways"],
        ["State"] = ["Model", "Configuration", "Gateways"],
        ["Telemetry"] = ["Configuration"],
        ["History"] = ["Model", "Configuration", "Gateways", "State"],
        ["Operations"] = ["Model", "Configuration", "Gateways", "Access", "State"],
        ["Ui"] = ["Model", "Access", "State"],
        ["Features"] = ["Model", "Configuration", "Gateways", "Access", "State", "History", "Operations", "Ui"],
    };

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Imports_OnlyWhatTheTableAllows(string folder)
    {
        if (!Directory.Exists(Path.Combine(Repository.Root, "FlinkDashboard", folder)))
            return;
        var wrong =
            from file in Repository.Files("FlinkDashboard/" + folder, ".cs", ".razor")
            from used in AppNamespace().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct()
            where used != folder && Allowed.ContainsKey(used) && !Allowed[folder].Contains(used)
            select $"{Repository.Relative(file)} uses {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Features_Import_NoOtherFeature()
    {
        var wrong =
            from file in Repository.Files("FlinkDashboard/Features", ".cs", ".razor")
            let own = Repository.Relative(file).Split('/')[2]
            where own != "FeaturesRegistration.cs"
            from used in FeatureNamespace().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct()
            where used != own
            select $"{Repository.Relative(file)} uses feature {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Gateways_Import_NoSibling()
    {
        var wrong =
            from file in Repository.Files("FlinkDashboard/Gateways", ".cs")
            let own = Repository.Relative(file).Split('/')[2]
            from used in GatewayNamespace().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct()
            where used != own && !own.EndsWith(".cs", StringComparison.Ordinal)
            select $"{Repository.Relative(file)} uses gateway {used}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void App_NamesSandbox_OnlyInProgram()
    {
        var wrong = Repository.Files("FlinkDashboard", ".cs", ".razor")
            .Where(f => Repository.Relative(f) != "FlinkDashboard/Program.cs" && File.ReadAllText(f).Contains("FlinkDashboard.Sandbox", StringComparison.Ordinal))
            .Select(Repository.Relative);
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sandbox_References_NothingOfTheApp()
    {
        var project = File.ReadAllText(Path.Combine(Repository.Root, "FlinkDashboard.Sandbox/FlinkDashboard.Sandbox.csproj"));
        Assert.DoesNotContain("ProjectReference", project, StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(FlinkDashboard.Sandbox.SandboxOptions).Assembly.GetReferencedAssemblies(), a => a.Name == "FlinkDashboard");
    }

    [Theory]
    [InlineData("Protocols", "Behaviours")]
    [InlineData("Behaviours", "Protocols")]
    [InlineData("World", "Protocols")]
    [InlineData("World", "Behaviours")]
    [InlineData("World", "Scenarios")]
    public void SandboxFolder_DoesNotImport_Other(string folder, string other)
    {
        var wrong =
            from file in Repository.Files("FlinkDashboard.Sandbox/" + folder, ".cs")
            where Regex.IsMatch(File.ReadAllText(file), $@"\bFlinkDashboard\.Sandbox\.{other}\b|using {other}\b")
            select Repository.Relative(file);
        Assert.Empty(wrong);
    }

    [Fact]
    public void MudBlazor_IsNamed_OnlyInUiAndFeatures()
    {
        var wrong =
            from file in Repository.Files("FlinkDashboard", ".cs", ".razor")
            let path = Repository.Relative(file)
            where !path.StartsWith("FlinkDashboard/Ui/", StringComparison.Ordinal) && !path.StartsWith("FlinkDashboard/Features/", StringComparison.Ordinal)
            where path is not ("FlinkDashboard/Program.cs" or "FlinkDashboard/_Imports.razor")
            where Regex.IsMatch(File.ReadAllText(file), @"\bMudBlazor\b|<Mud[A-Z]")
            select path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void JsonTypes_AreUsed_OnlyInModelAndGateways()
    {
        var wrong =
            from file in Repository.Files("FlinkDashboard", ".cs", ".razor")
            let path = Repository.Relative(file)
            where !path.StartsWith("FlinkDashboard/Model/", StringComparison.Ordinal) && !path.StartsWith("FlinkDashboard/Gateways/", StringComparison.Ordinal)
            where Regex.IsMatch(File.ReadAllText(file), @"System\.Text\.Json|\bJson(Node|Object|Element|Document|Array)\b")
            select path;
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"\bFlinkDashboard\.(Model|Configuration|Gateways|Access|State|Telemetry|History|Operations|Ui|Features)\b")]
    private static partial Regex AppNamespace();

    [GeneratedRegex(@"\bFlinkDashboard\.Features\.(\w+)")]
    private static partial Regex FeatureNamespace();

    [GeneratedRegex(@"\bFlinkDashboard\.Gateways\.(\w+)")]
    private static partial Regex GatewayNamespace();
}
