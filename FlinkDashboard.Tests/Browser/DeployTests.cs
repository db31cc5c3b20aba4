using FlinkDashboard.Sandbox.World;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>From the catalogue to a running job, and what the editor does with good and bad input.</summary>
[Collection(BrowserTests.Name)]
public class DeployTests(BusyStage busy)
{
    private const string Namespace = "flink-team-a-ns";

    [BrowserFact]
    public async Task CatalogueEntry_IsDeployed_AndRuns()
    {
        var page = await busy.Stage.OpenAsync($"/deploy?ns={Namespace}&start=basic");
        await Expect(page.Locator("[data-value=storage]")).ToHaveValueAsync("s3://emr-eks-flink-111122223333");
        await page.Locator("[data-name]").FillAsync("from-catalogue");
        await page.Locator("[data-open]").ClickAsync();
        await Expect(page.Locator("[data-effect=FirstDeployment]")).ToBeVisibleAsync();
        await page.Locator("[data-dry-run]").ClickAsync();
        await Expect(page.Locator("[data-answer=good]")).ToContainTextAsync("would accept");
        Assert.Null(busy.Stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, Namespace, "from-catalogue"));
        await page.Locator("[data-send]").ClickAsync();
        await page.WaitForURLAsync($"**/applications/{Namespace}/from-catalogue");
        await Expect(page.GetByText("STABLE").First).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(page.GetByText("RUNNING").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Switching_LosesNothing_NeitherCommentsNorUnknownFields()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&name=switched&view=yaml");
        await TypeAtEndAsync(page, "  # by hand\n  notOfThisVersion: kept");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Form" }).ClickAsync(); // at once: what was typed in the last moment counts
        await Expect(page.Locator("[data-problem='spec.notOfThisVersion']")).ToBeVisibleAsync();
        await page.Locator("#field-spec-job-parallelism").FillAsync("7");
        await page.GetByRole(AriaRole.Tab, new() { Name = "YAML" }).ClickAsync();
        var text = page.Locator(".cm-content");
        await Expect(page.Locator("[data-editor][data-ready=true]")).ToBeVisibleAsync();
        await page.Locator(".cm-scroller").EvaluateAsync("scroller => scroller.scrollTop = scroller.scrollHeight");
        await Expect(text).ToContainTextAsync("parallelism: 7");
        await Expect(text).ToContainTextAsync("# by hand");
        await Expect(text).ToContainTextAsync("notOfThisVersion: kept");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task BadInput_NamesTheField_AndIsNotSent()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&name=bad-input");
        await page.Locator("#field-spec-job-parallelism").FillAsync("0");
        await page.Locator("#field-spec-job-parallelism").BlurAsync();
        await Expect(page.Locator("[data-field='spec.job.parallelism'] .form-wrong")).ToContainTextAsync("must be larger than 0");
        await Expect(page.Locator("[data-send]")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.Locator("[data-problem='spec.job.parallelism'] button").ClickAsync();
        await Expect(page.Locator("#field-spec-job-parallelism")).ToBeFocusedAsync();
        await page.Locator("[data-send]").ClickAsync(new() { Force = true });
        Assert.EndsWith("name=bad-input", page.Url, StringComparison.Ordinal);
        Assert.Null(busy.Stage.Cluster.World.Objects.Find(ResourceTypes.FlinkDeployments, Namespace, "bad-input"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task BrokenYaml_IsShownAtItsLine_AndTheFormSaysSo()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&view=yaml");
        await TypeAtEndAsync(page, "  broken: [1, 2");
        await Expect(page.Locator("[data-problem='']")).ToBeVisibleAsync();
        await Expect(page.Locator(".cm-lint-marker-error").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Form" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Mend it in the YAML" }).ClickAsync();
        await Expect(page.Locator(".cm-content")).ToContainTextAsync("broken: [1, 2");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Completion_OffersWhatTheInstalledDefinitionHas()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&view=yaml");
        await TypeAtEndAsync(page, "  restartN");
        await page.Keyboard.PressAsync("Control+Space");
        await Expect(page.Locator(".cm-tooltip-autocomplete")).ToContainTextAsync("restartNonce");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".cm-content")).Not.ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Clone_HasANewName_AndFoldersOfItsOwn()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?from={Namespace}/orders-healthy");
        await Expect(page.Locator("#field-metadata-name")).ToHaveValueAsync("orders-healthy-copy");
        await Expect(page.Locator("#field-spec-flinkConfiguration-high-availability-storageDir-")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/orders-healthy-copy/ha$"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Viewer_IsToldWhy_NothingCanBeDeployed()
    {
        await using var stage = busy.Stage.As("viewer");
        var page = await stage.OpenAsync("/deploy?start=basic");
        await Expect(page.GetByText("You may not create a FlinkDeployment")).ToBeVisibleAsync();
        await page.GotoAsync($"{stage.Address}/deploy/new?start=basic&ns={Namespace}&name=not-mine&storage=s3://bucket");
        await Expect(page.Locator("#send-says")).ToContainTextAsync("may not create");
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [InlineData("/deploy/new?start=basic")]
    [InlineData("/deploy/new?start=basic&view=yaml")]
    [InlineData("/deploy?start=session-job&ns=flink-team-b-ns")]
    [InlineData("/applications/flink-team-a-ns/orders-healthy/edit")]
    [InlineData("/applications/flink-team-a-ns/orders-healthy/edit?view=changes")]
    [InlineData("/sessions/flink-team-b-ns/clickstream/edit")]
    public async Task Page_PassesAxe_AndFitsAPhone(string path)
    {
        var page = await busy.Stage.OpenAsync(path);
        await Expect(page.Locator("[data-form], [data-editor], [data-diff], [data-open]").First).ToBeAttachedAsync();
        await page.HoldsAsync();
        await page.Context.CloseAsync();
    }

    private static async Task TypeAtEndAsync(IPage page, string text)
    {
        await page.Locator("[data-editor][data-ready=true] .cm-content").ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.InsertTextAsync(text);
    }
}
