-- Drafts in GB18030 (GBK, GB2312), as older programs save them. Neovim tries the encodings of 'fileencodings'; by default
-- GB18030 is none of them, and such a draft is read as Latin-1.

local M = {}

local SAMPLE = 64 * 1024

-- Does a text come back as it was from another encoding? Both here know all of Unicode.
---@param bytes string
---@param encoding string
---@param other string
local function is_in(bytes, encoding, other)
  return vim.fn.iconv(vim.fn.iconv(bytes, encoding, other), other, encoding) == bytes
end

---@param bytes string
function M.is_utf8(bytes)
  return is_in(bytes, 'utf-8', 'gb18030')
end

-- Are these the bytes of a Chinese text in GB18030, and of nothing else?
---@param bytes string
local function is_gb18030(bytes)
  local _, chinese = vim.fn.iconv(bytes, 'gb18030', 'utf-8'):gsub('[\228-\233][\128-\191][\128-\191]', '')
  return chinese >= 2 and is_in(bytes, 'gb18030', 'utf-8') and not M.is_utf8(bytes)
end

-- Says how to read a draft that was misread; once for each.
---@param buffer integer
function M.look(buffer)
  local encoding = vim.bo[buffer].fileencoding
  if vim.bo[buffer].buftype ~= '' or encoding == 'gb18030' or encoding == 'cp936' or encoding == 'euc-cn' or vim.b[buffer].zhubi_misread then
    return
  end
  local file = io.open(vim.api.nvim_buf_get_name(buffer), 'rb')
  if not file then
    return
  end
  local bytes = file:read(SAMPLE) or ''
  file:close()
  -- Not cut within a character.
  bytes = #bytes == SAMPLE and bytes:match('^(.*)\n') or bytes
  if is_gb18030(bytes) then
    vim.b[buffer].zhubi_misread = true
    vim.notify(
      '朱笔：这篇文稿是用 GBK（GB18030）编码保存的，现在显示为乱码。用 :e ++enc=gb18030 重新打开；'
        .. "以后自动识别，在 init.lua 里写 vim.o.fileencodings = 'ucs-bom,utf-8,gb18030,latin1'",
      vim.log.levels.WARN
    )
  end
end

return M
