using FlinkDashboard.Sandbox.World.Aws;
using FlinkDashboard.Sandbox.World.Flink;
using FlinkDashboard.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FlinkDashboard.Tests.Browser;

/// <summary>Folders, details, usage, and a jar from the browser to a deployment.</summary>
[Collection(BrowserTests.Name)]
public sealed class StorageTests(BusyStage busy) : IDisposable
{
    private const string Bucket = AwsAccount.Bucket, Namespace = "flink-team-a-ns";
    private static readonly LocatorAssertionsToHaveAttributeOptions Slow = new() { Timeout = 60_000 };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("storage-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [BrowserFact]
    public async Task Folders_LeadToASavepoint_WhichTellsWhoseItIs()
    {
        var page = await busy.Stage.OpenAsync("/storage");
        foreach (var folder in new[] { "flink-team-a/", "orders-healthy/", "savepoints/" })
            await page.GetByRole(AriaRole.Link, new() { Name = folder, Exact = true }).ClickAsync();
        await page.Locator("table.storage a.row-link").First.ClickAsync();
        var side = page.Locator("[data-side]");
        await Expect(side).ToContainTextAsync("yes: _metadata is there");
        await Expect(side.GetByRole(AriaRole.Link, new() { Name = "orders-healthy" })).ToBeVisibleAsync();
        await Expect(side.Locator("[data-action=Restore]")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(side).ToContainTextAsync("yes: _metadata is there");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task ArchivedLog_IsReadAsALog()
    {
        var page = await busy.Stage.OpenAsync($"/storage?at=s3://{Bucket}/logs/");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("basic-example-app-cluster-flink-taskmanager") }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "STDOUT.gz", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Read as a log" }).ClickAsync();
        await Expect(page.GetByText("Starting TaskManager").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Usage_IsCounted_AndOrphansAreListed()
    {
        busy.Stage.Cluster.World.Flink.Storage.Add("team", new StoredState($"s3://{Bucket}/old-team/savepoints/savepoint-abcdef-0123456789ab", 5, true, 3_000_000, "abcdef", busy.Stage.Cluster.World.Now));
        var page = await busy.Stage.OpenAsync("/storage?tab=usage");
        await Expect(page.Locator("[data-usage]")).ToContainTextAsync("orders-healthy");
        await page.Locator("[data-count]").First.ClickAsync();
        await Expect(page.Locator("[data-orphans]")).ToContainTextAsync("old-team/savepoints/savepoint-abcdef-0123456789ab/");
        await page.Locator("[data-orphans] a").First.ClickAsync();
        await Expect(page.Locator("table.storage")).ToContainTextAsync("_metadata");
        await page.GotoAsync($"{busy.Stage.Address}/applications/{Namespace}/orders-healthy?tab=storage");
        await Expect(page.GetByText("Together")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Object_IsSaved()
    {
        var page = await busy.Stage.OpenAsync($"/storage?at=s3://{Bucket}/jobs/&show=s3://{Bucket}/jobs/StateMachineExample.jar");
        await Expect(page.Locator("[data-side]")).ToContainTextAsync("2"); // entries
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-download]").ClickAsync());
        Assert.Equal("StateMachineExample.jar", download.SuggestedFilename);
        await page.GetByRole(AriaRole.Link, new() { Name = "Deploy this jar" }).ClickAsync();
        await Expect(page.Locator("#field-spec-job-jarURI")).ToHaveValueAsync($"s3://{Bucket}/jobs/StateMachineExample.jar");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Jar_OfTwentyMegabytes_IsUploaded_ThroughACutAndAPause_AndChosen()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&name=with-jar");
        var (sent, cut) = (0, 0);
        await page.RouteAsync("**/storage/upload/**", async route =>
        {
            if (Interlocked.Increment(ref sent) == 2 && Interlocked.Exchange(ref cut, 1) == 0)
                await route.AbortAsync("connectionreset");
            else
                await route.ContinueAsync();
        });
        var box = page.Locator("[data-jar-upload][data-ready=true]");
        await box.Locator("input[type=file]").SetInputFilesAsync(File("uploaded-1.jar", 20 << 20));
        await Expect(box).ToHaveAttributeAsync("data-state", "done", Slow);
        Assert.Equal(4, sent); // three parts, one of them twice
        await Expect(page.Locator("#field-spec-job-jarURI")).ToHaveValueAsync($"s3://{Bucket}/jobs/uploaded-1.jar");
        Assert.Equal(20 << 20, busy.Stage.Cluster.World.Buckets.Find(Bucket, "jobs/uploaded-1.jar")!.Size);
        await Expect(page.Locator("[data-jars] [aria-pressed=true]")).ToHaveTextAsync("uploaded-1.jar");

        await box.Locator("input[type=file]").SetInputFilesAsync(File("uploaded-1.jar", 1 << 20));
        await Expect(box).ToHaveAttributeAsync("data-state", "refused", Slow);
        await Expect(box).ToContainTextAsync("is there already");
        await box.Locator("[data-upload=replace]").ClickAsync();
        await Expect(box).ToHaveAttributeAsync("data-state", "done", Slow);
        Assert.Equal(1 << 20, busy.Stage.Cluster.World.Buckets.Find(Bucket, "jobs/uploaded-1.jar")!.Size);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Upload_GoesOn_AfterAPauseAndAReload()
    {
        var file = File("uploaded-2.jar", 20 << 20);
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&name=with-jar");
        var (sent, held) = (0, new TaskCompletionSource());
        await page.RouteAsync("**/storage/upload/**", async route =>
        {
            if (Interlocked.Increment(ref sent) == 2)
                await held.Task;
            try
            {
                await route.ContinueAsync();
            }
            catch (PlaywrightException)
            {
                // Paused: the request is no more.
            }
        });
        var box = page.Locator("[data-jar-upload][data-ready=true]");
        await box.Locator("input[type=file]").SetInputFilesAsync(file);
        await Expect(box.Locator("[data-sent]")).ToHaveTextAsync("8.0 MiB of 20.0 MiB", new() { Timeout = 60_000 });
        await box.Locator("[data-upload=pause]").ClickAsync();
        await Expect(box).ToHaveAttributeAsync("data-state", "paused", Slow);
        held.SetResult();
        await page.ReloadAsync();
        await Expect(box.Locator("[data-unfinished]")).ToContainTextAsync("uploaded-2.jar");
        var before = sent;
        await box.Locator("input[type=file]").SetInputFilesAsync(file);
        await Expect(box).ToHaveAttributeAsync("data-state", "done", Slow);
        Assert.Equal(2, sent - before); // the first part was there
        Assert.Equal(20 << 20, busy.Stage.Cluster.World.Buckets.Find(Bucket, "jobs/uploaded-2.jar")!.Size);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task File_ThatIsNoJar_IsRefused()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&name=with-jar");
        var path = Path.Combine(_folder.FullName, "text.jar");
        await System.IO.File.WriteAllTextAsync(path, "no jar at all, though it is called one");
        var box = page.Locator("[data-jar-upload][data-ready=true]");
        await box.Locator("input[type=file]").SetInputFilesAsync(path);
        await Expect(box).ToHaveAttributeAsync("data-state", "failed", Slow);
        await Expect(box.Locator("[data-sent]")).ToContainTextAsync("does not begin as a zip file does");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Uploading_PassesAxe()
    {
        var page = await busy.Stage.OpenAsync($"/deploy/new?start=basic&ns={Namespace}&name=with-jar");
        await page.RouteAsync("**/storage/upload/**", route => route.AbortAsync("connectionreset"));
        var box = page.Locator("[data-jar-upload][data-ready=true]");
        await box.Locator("input[type=file]").SetInputFilesAsync(File("axe.jar", 9 << 20));
        await Expect(box).ToHaveAttributeAsync("data-state", "waiting", Slow);
        await box.Locator("[data-upload=pause]").ClickAsync();
        await Expect(box).ToHaveAttributeAsync("data-state", "paused", Slow);
        await page.AxeInBothThemesAsync();
        await box.Locator("[data-upload=abandon]").ClickAsync();
        await Expect(box).ToContainTextAsync("is given up");
        await page.Context.CloseAsync();
    }

    private string File(string name, int size)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllBytes(path, StorageStage.JarBytes(size));
        return path;
    }
}
