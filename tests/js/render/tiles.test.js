import assert from "node:assert/strict";
import { test } from "node:test";
import { TileLayer, tilesOver, visibleTiles } from "../../../static/designer/render/tiles.js";

function layer() {
  const painted = [];
  const made = { clock: 0 };
  const makeCanvas = () => ({ getContext: () => ({ setTransform() {} }) });
  const tiles = new TileLayer({
    makeCanvas, now: () => made.clock,
    paint: (_context, box) => {
      painted.push(box);
      made.clock += 2;
    },
  });
  return { tiles, painted, context: { drawImage() {}, save() {}, restore() {}, beginPath() {}, rect() {}, clip() {} } };
}

const camera = (given = {}) => ({ scale: 1, left: 0, top: 0, width: 1024, height: 512, ...given });

function settle({ tiles, context }, view) {
  let frames = 0;
  while (tiles.draw(context, view, 9, false)) {
    frames += 1;
    assert.ok(frames < 50);
  }
  return frames;
}

test("tiles cover what is seen", () => {
  assert.deepEqual(tilesOver({ x: 0, y: 0, w: 1024, h: 512 }, 1), [[0, 0], [1, 0]]);
  assert.equal(tilesOver({ x: -1, y: 0, w: 1024, h: 513 }, 1).length, 6 - 0);
  assert.equal(visibleTiles(camera({ left: -100 }), 1).length, 3);
});

test("panning paints only what comes into sight", () => {
  const world = layer();
  settle(world, camera());
  assert.equal(world.painted.length, 2);
  settle(world, camera({ left: -300 }));
  assert.equal(world.painted.length, 3);
  settle(world, camera());
  assert.equal(world.painted.length, 3);
});

test("a frame paints no longer than its budget, the rest comes later", () => {
  const world = layer();
  world.tiles.draw(world.context, camera({ width: 4096, height: 2048 }), 9, false);
  assert.ok(world.painted.length <= 5);
  assert.ok(settle(world, camera({ width: 4096, height: 2048 })) > 3);
  assert.equal(world.painted.length, 32);
});

test("an edit paints only the tiles that it touches", () => {
  const world = layer();
  settle(world, camera());
  world.tiles.invalidateAll([{ x: 10, y: 10, w: 50, h: 50 }]);
  settle(world, camera());
  assert.equal(world.painted.length, 3);
});

test("while the zoom changes nothing dear is painted", () => {
  const world = layer();
  settle(world, camera());
  assert.equal(world.tiles.draw(world.context, camera({ scale: 0.5, width: 4096, height: 4096 }), 9, true), true);
  assert.equal(world.painted.length, 2);
});

test("going back to the zoom before finds its tiles", () => {
  const world = layer();
  settle(world, camera());
  settle(world, camera({ scale: 2 }));
  const { length } = world.painted;
  settle(world, camera());
  assert.equal(world.painted.length, length);
});

test("what is only shown is drawn where one looks from, and nothing is painted", () => {
  const world = layer();
  settle(world, camera());
  const drawn = [];
  const context = { drawImage: (_canvas, ...[, , , , left, top]) => drawn.push([left, top]) };
  world.tiles.show(context, camera({ left: -300, top: 20 }));
  assert.deepEqual(drawn, [[0, 20], [212, 20]]);
  assert.equal(world.painted.length, 2);
});

test("a tile with nothing on it is painted once, and its ground is drawn plainly", () => {
  const world = layer();
  world.tiles.paint = () => false;
  settle(world, camera());
  world.context.drawImage = () => assert.fail("there is nothing to draw");
  settle(world, camera());
});
